package org.dl4jsnn.event.frame;

/**
 * What becomes of the pixels at the right and lower edges that fill no whole window: 128 pixels
 * have 42 windows of 3, and 2 pixels over.
 */
public enum UnevenRest {

  /** Their events are left out: 42 windows. As pooling layers without padding do. */
  LEAVE_OUT,

  /** They make a last, smaller window: 43 windows, and no event is lost. */
  KEEP
}
