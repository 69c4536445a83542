package org.dl4jsnn.event.camera;

/** What the camera sees around the image. */
public enum Border {
  /** The image's outermost pixels, continued: adds no contrast. */
  EDGE,

  /** A black screen: the image's edges also move across the sensor. */
  DARK
}
