/**
 * Live events, from a camera program or a replayed recording, cut into slices of equal time for a
 * network. Independent of layers.
 *
 * <pre>
 *  EventStream ──► SliceCutter ──► SliceQueue ──► SlicedStream.next() ──► frames ──► network
 *  file, stdin,    slices of       the newest     │
 *  socket          equal time      wait           └─► answered(slice): latency
 *  (on a separate thread)                             (on the network's thread)
 * </pre>
 *
 * A network that is too slow does not slow the camera, unless the options say that reading waits
 * for it: whole slices are dropped, the oldest first, and counted. Before the stream is read, a
 * warm-up may run on made-up slices. All waiting uses a {@link
 * org.dl4jsnn.event.stream.StreamClock} and an executor, so tests need not sleep.
 */
package org.dl4jsnn.event.stream;
