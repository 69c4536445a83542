/**
 * Spiking layers for Deeplearning4j. This root package holds only the argument checks that all
 * packages share; start reading at {@link org.dl4jsnn.conf}, which is what users write.
 *
 * <pre>
 *  conf ──► layer ──► simulate ──► spike          what a user writes, Deeplearning4j's view of it,
 *             │          ├──► synapse             the simulation, and the spike trains it makes
 *             │          └──► neuron
 *             ├──► encode                         features to spike trains
 *             └──► gradient                       how weights learn (the rule is a plug)
 *  monitor, balance                               look at networks; prepare them for training
 *  plot                                           draws what monitor sees; needs XChart
 *  event                                          recordings of event cameras; knows none of these,
 *                                                 but for encode's draws and simulate's threads in
 *                                                 event.data
 * </pre>
 */
package org.dl4jsnn;
