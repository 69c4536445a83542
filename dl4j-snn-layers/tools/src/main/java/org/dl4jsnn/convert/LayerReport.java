package org.dl4jsnn.convert;

/**
 * How closely the firing rates of a layer follow the activations that they represent, over all
 * neurons and samples.
 *
 * @param layer its name in the spiking network
 * @param channels the number of channels of the activation
 * @param silentChannels channels that were never above 0 on the calibration data; their scale is 1
 * @param correlation between activation and rate · scale; NaN if one of them is constant
 * @param error mean of |rate · scale − activation|
 * @param relativeError mean of |rate − activation / scale|
 * @param saturated share of the activations above 0 whose neuron fired at every step
 * @param silent share of the activations above 0 whose neuron never fired
 */
public record LayerReport(
    String layer,
    int channels,
    int silentChannels,
    double correlation,
    double error,
    double relativeError,
    double saturated,
    double silent) {}
