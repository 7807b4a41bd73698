"""How a film is made: FFmpeg at work, sound, pictures in parts that outlive a run."""
