package org.dl4jsnn.monitor.health;

/**
 * A weighted layer's average operations per sample, and an estimate of their energy.
 *
 * @param additions weights added over the whole window, one per spike and neuron that it reaches; a
 *     constant input current is multiplied by the weights once instead
 * @param multiplyAdds the multiply-adds of the same layer without spikes
 * @param constantInput whether the input is a constant current
 * @param picojoules the energy of the additions, and of a constant current's multiply-adds
 * @param picojoulesWithoutSpikes the energy of the multiply-adds
 */
public record LayerEnergy(
    double additions,
    double multiplyAdds,
    boolean constantInput,
    double picojoules,
    double picojoulesWithoutSpikes) {}
