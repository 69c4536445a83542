package org.dl4jsnn.monitor.health;

/**
 * What a weighted layer computes for a sample, on average, and an estimate of the energy.
 *
 * @param additions weights added, one a spike and neuron that it reaches, over the whole window; 0
 *     where the input is a constant current, which is multiplied by the weights once
 * @param multiplyAdds of the same layer without spikes
 * @param constantInput whether the input is a constant current
 * @param picojoules of the additions, or of the constant current's multiply-adds
 * @param picojoulesWithoutSpikes of the multiply-adds
 */
public record LayerEnergy(
    double additions,
    double multiplyAdds,
    boolean constantInput,
    double picojoules,
    double picojoulesWithoutSpikes) {}
