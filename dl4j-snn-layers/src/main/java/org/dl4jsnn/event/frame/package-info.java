/**
 * Events to frames: what a network with a time axis takes. It knows neither layers nor ND4J.
 *
 * <pre>
 *  EventTable ──┐
 *  TimeWindow ──┼──► EventFrames [channels, T, height, width]
 *  FrameOptions ┘
 *    └── Slicing: which step an event belongs to
 * </pre>
 *
 * Channel 0 counts OFF events, channel 1 ON events. No event is lost but by an option that says so:
 * a slicing with an end of its own, or window sums that leave the sensor's rest out.
 */
package org.dl4jsnn.event.frame;
