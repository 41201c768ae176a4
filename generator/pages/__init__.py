"""Pages: one module for each kind, `kinds.py` lists them, `views.py` says what their templates may see."""
