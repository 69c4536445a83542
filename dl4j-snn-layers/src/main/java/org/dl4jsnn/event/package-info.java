/**
 * Recordings of event cameras: files to tables of (x, y, t, polarity), and back. Does not depend on
 * layers.
 *
 * <pre>
 *  EventFiles ──► EventReader ──► EventDecoder ──► ByteSource
 *                     │           one a format     the file, never more than a buffer of it
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
 * <p>Packages below: {@link org.dl4jsnn.event.frame} makes frames of tables, {@link
 * org.dl4jsnn.event.augment} changes tables at random, {@link org.dl4jsnn.event.data} makes
 * minibatches of data sets, {@link org.dl4jsnn.event.stream} reads events as they come.
 */
package org.dl4jsnn.event;
