"""Tables, named queries, engine and migrations: the only SQL of the project."""
