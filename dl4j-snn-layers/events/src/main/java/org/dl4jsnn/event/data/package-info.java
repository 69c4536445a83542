/**
 * Data sets of recordings: lists of labelled samples, and their frames.
 *
 * <pre>
 *                                      EventDataSet             SampleFrames
 *  a folder, a table              ──►  lists of EventSample ──►  events or SampleCache
 *                                      file, class, window         ─► augmentation ─► EventFrames
 * </pre>
 *
 * <p>Each published data set has its {@link org.dl4jsnn.event.data.DataSetFacts}; {@link
 * org.dl4jsnn.event.data.DataSetFacts#all} lists all of them.
 *
 * <p>Nothing is downloaded. Only a bounded number of recordings is held in memory.
 */
package org.dl4jsnn.event.data;
