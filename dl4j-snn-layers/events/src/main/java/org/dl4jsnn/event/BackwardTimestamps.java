package org.dl4jsnn.event;

/** What to do with events that are earlier than the event before them. */
public enum BackwardTimestamps {

  /** The file is damaged: {@link EventFormatException}. */
  REFUSE,

  /** Keep all events in the file's order, and warn. */
  KEEP,

  /**
   * Sort all events by time, and warn; events of equal time stay in the file's order. Only {@link
   * EventFiles#read} can do this, since it holds all events.
   */
  SORT
}
