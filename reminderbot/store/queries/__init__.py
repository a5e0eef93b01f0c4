"""Named queries, a module a topic. Each takes the open transaction first; hot paths are Core statements."""
