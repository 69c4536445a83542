package org.dl4jsnn.event.stream;

import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;

/**
 * The events of a span of time.
 *
 * @param number of the slice, from 0; dropped slices count
 * @param window the span, on the camera's clock
 * @param events the events; may be none
 * @param arrived when the last event arrived, in ns of the {@link StreamClock}; without events,
 *     when the slice was known to have ended
 */
public record EventSlice(long number, TimeWindow window, EventTable events, long arrived) {}
