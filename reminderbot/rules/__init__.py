"""The pure rules: no input or output, the present moment is always an argument."""
