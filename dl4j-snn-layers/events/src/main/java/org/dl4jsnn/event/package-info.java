/**
 * Recordings of event cameras: files to tables of (x, y, t, polarity), and back. Does not depend on
 * layers.
 *
 * <pre>
 *  EventFiles ──► EventReader ──► EventDecoder ──► ByteSource
 *                     │           one per format   at most a buffer of the file in memory
 *                     │               │ EventRun: many events at once, or one by one
 *                     └──► DecodedEvents ──► EventTable
 *                          checks        columns in memory
 *
 *  EventTable, or event by event ──► EventWriter ──► file
 * </pre>
 *
 * One convention for all formats: x grows to the right, y downwards, both from 0; t is in
 * microseconds and never wraps; polarity ON (brighter) is true. {@link
 * org.dl4jsnn.event.EventFormat} says how each format maps to it. All faults inside a file are
 * reported by one exception, {@link org.dl4jsnn.event.EventFormatException}.
 *
 * <p>Packages below: {@link org.dl4jsnn.event.frame} makes frames from tables, {@link
 * org.dl4jsnn.event.augment} changes tables at random, {@link org.dl4jsnn.event.data} lists the
 * samples of data sets, {@link org.dl4jsnn.event.stream} reads events as they arrive.
 */
package org.dl4jsnn.event;
