package org.dl4jsnn.event.frame;

/**
 * What to do with pixels at the right and lower edges that do not fill a window: 128 pixels have 42
 * windows of 3, with 2 pixels left over.
 */
public enum UnevenRest {

  /** Their events are left out: 42 windows, as in pooling layers without padding. */
  LEAVE_OUT,

  /** They make a last, smaller window: 43 windows, and no event is lost. */
  KEEP
}
