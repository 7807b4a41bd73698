"""What the bytes of a container tell that FFmpeg does not say: boxes, indices and clocks."""
