package org.dl4jsnn.event;

/** What to do with events whose time is before that of the event in front of them. */
public enum BackwardTimestamps {

  /** The file is damaged: {@link EventFormatException}. */
  REFUSE,

  /** Keep all events in the file's order, and warn. */
  KEEP,

  /**
   * Sort all events by time, and warn; events of one time stay in the file's order. Only {@link
   * EventFiles#read} can, since it holds them all.
   */
  SORT
}
