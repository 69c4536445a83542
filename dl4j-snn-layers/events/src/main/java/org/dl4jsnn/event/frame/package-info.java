/**
 * Events to frames, the input of networks with a time axis. Depends on neither layers nor ND4J.
 *
 * <pre>
 *  EventTable ──┐
 *  TimeWindow ──┼──► EventFrames [channels, T, height, width]
 *  FrameOptions ┘
 *    └── Slicing: which step an event belongs to
 * </pre>
 *
 * Channel 0 counts OFF events, channel 1 ON events. Events are lost only by options that say so: a
 * slicing that ends early, or window sums that leave out uneven pixels.
 */
package org.dl4jsnn.event.frame;
