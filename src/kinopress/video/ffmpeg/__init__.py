"""The decisions in FFmpeg's words."""
