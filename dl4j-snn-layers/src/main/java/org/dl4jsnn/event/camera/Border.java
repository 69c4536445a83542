package org.dl4jsnn.event.camera;

/** What the camera sees around the picture. */
public enum Border {
  /** The picture's outermost pixels, continued: no contrast that the picture does not have. */
  EDGE,

  /** A black screen: the picture's edges move across the sensor as well. */
  DARK
}
