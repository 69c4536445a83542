/**
 * Events as they come: from a camera's program or a recording that is replayed, in slices of equal
 * time, for a network that watches. It knows nothing of layers.
 *
 * <pre>
 *  EventStream ──► SliceCutter ──► SliceQueue ──► SlicedStream.next() ──► frames ──► network
 *  file, stdin,    slices of       the newest     │
 *  socket          equal time      wait           └─► answered(slice): latency
 *  (on a thread of its own)                           (on the network's thread)
 * </pre>
 *
 * A network that is too slow does not slow the camera: whole slices are dropped, the oldest first,
 * and counted. All waiting goes through a {@link org.dl4jsnn.event.stream.StreamClock} and an
 * executor, so that tests need not sleep.
 */
package org.dl4jsnn.event.stream;
