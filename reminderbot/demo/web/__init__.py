"""The demo's web chat: a page that looks like a messenger, fed by server-sent events."""
