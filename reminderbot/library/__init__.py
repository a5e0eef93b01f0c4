"""The content folder: read, checked, frozen; and the choice of today's card."""
