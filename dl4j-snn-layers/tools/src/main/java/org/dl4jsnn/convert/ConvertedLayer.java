package org.dl4jsnn.convert;

/**
 * A layer of neurons of a converted network.
 *
 * @param group the neurons
 * @param scales the activation of a rate of 1, for each channel of the stage
 * @param silentChannels channels that were never above 0 on the calibration data
 */
record ConvertedLayer(NeuronGroup group, double[] scales, int silentChannels) {}
