/**
 * Data sets of recordings as minibatches for Deeplearning4j.
 *
 * <pre>
 *  Cifar10Dvs, NMnist, NCars, …,       EventDataSet           EventDataSetIterator
 *  FolderPerClass, SegmentsCsv    ──►  lists of EventSample ──►  minibatches [minibatch, channels,
 *  a folder's layout                   file, class, window         ▲     T, height, width]
 *                                                                  │
 *                                           SampleFrames ──────────┘
 *                                      events or SampleCache ─► augmentation ──► EventFrames
 * </pre>
 *
 * <p>What is known of each published data set stands in its {@link
 * org.dl4jsnn.event.data.DataSetFacts}, all of which {@link
 * org.dl4jsnn.event.data.DataSetCatalogue} lists.
 *
 * <p>Nothing is downloaded, and no more than the minibatches under way and a bounded number of
 * recordings are held in memory.
 */
package org.dl4jsnn.event.data;
