"""Encoding on several computers, by Dask; loaded only when somebody asks for it."""
