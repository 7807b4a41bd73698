"""A handout (PDF) made again from its pages, without what tells of its maker."""
