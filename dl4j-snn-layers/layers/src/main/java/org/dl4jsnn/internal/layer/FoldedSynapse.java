package org.dl4jsnn.internal.layer;

import org.dl4jsnn.normalize.FoldedWeights;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Synapses that a normalisation is folded into.
 *
 * @param synapse the synapses with folded weights
 * @param weights the folded weights
 * @param unfolded the layer's own weights
 */
record FoldedSynapse(Synapse synapse, FoldedWeights weights, INDArray unfolded) {}
