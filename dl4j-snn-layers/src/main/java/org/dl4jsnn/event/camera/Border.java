package org.dl4jsnn.event.camera;

/** What the camera sees around the picture. */
public enum Border {
  /** The picture's outermost pixels, continued: adds no contrast. */
  EDGE,

  /** A black screen: the picture's edges also move across the sensor. */
  DARK
}
