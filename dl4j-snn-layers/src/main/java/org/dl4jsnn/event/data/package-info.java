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
 * <p>Each published data set has its {@link org.dl4jsnn.event.data.DataSetFacts}; {@link
 * org.dl4jsnn.event.data.DataSetCatalogue} lists all of them.
 *
 * <p>Nothing is downloaded. Only the minibatches in progress and a bounded number of recordings are
 * held in memory.
 */
package org.dl4jsnn.event.data;
