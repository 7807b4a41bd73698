"""What files tell of a place, a person or a device, and where that is searched for."""
