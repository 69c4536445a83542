/**
 * Spiking layers for Deeplearning4j. Start reading at {@link org.dl4jsnn.conf}, which is what users
 * write.
 *
 * <pre>
 *  conf ──► internal.layer ──► internal.simulate ──► spike
 *    │          │                  ├──► synapse      what a user writes, Deeplearning4j's view of
 *    │          │                  └──► neuron       it, the simulation, the spike trains it makes
 *    │          ├──► encode                          features to spike trains
 *    │          └──► gradient                        how weights learn (the rule is a plug)
 *  monitor, balance                                  look at networks; prepare them for training
 *  plot                                              draws what monitor sees; needs XChart
 *  event                                             recordings of event cameras; knows none of
 *                                                    these, but for encode's draws and the
 *                                                    simulation's threads in event.data
 * </pre>
 *
 * <p>All packages are public API except those below {@code org.dl4jsnn.internal}; individual
 * members that are not public API are marked {@link org.dl4jsnn.Internal}.
 */
package org.dl4jsnn;
