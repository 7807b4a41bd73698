"""Captions and chapters: WebVTT and SubRip, read and checked."""
