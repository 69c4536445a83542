/**
 * Parts of a network that live from step to step, for streams: state stays where it is computed,
 * and a step costs what its events reach. The spikes are those of a window, bit for bit.
 *
 * <p>A {@link org.dl4jsnn.internal.live.LiveLayer} is shared by all streams of a model; a {@link
 * org.dl4jsnn.internal.live.LivePart} is the state of one stream; a {@link
 * org.dl4jsnn.internal.live.PartScratch} is lent to a stream for one step, so that memory of
 * thousands of streams is that of their states.
 */
package org.dl4jsnn.internal.live;
