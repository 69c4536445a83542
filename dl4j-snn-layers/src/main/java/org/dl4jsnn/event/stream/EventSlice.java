package org.dl4jsnn.event.stream;

import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.TimeWindow;

/**
 * What came in a span of time.
 *
 * @param number of the slice, from 0; those that were dropped count as well
 * @param window from when to when, on the camera's clock
 * @param events what came; may be none
 * @param arrived when the last of its events came, in ns of the {@link StreamClock}; where there is
 *     none, when the slice was known to be over
 */
public record EventSlice(long number, TimeWindow window, EventTable events, long arrived) {}
