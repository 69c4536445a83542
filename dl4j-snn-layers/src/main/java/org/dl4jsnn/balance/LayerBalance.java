package org.dl4jsnn.balance;

/**
 * What a balance did to a layer.
 *
 * @param layer the layer's name
 * @param before its mean firing rate on what the balanced layers below hand it, as it was
 * @param after its mean firing rate since
 * @param factor what its threshold, or its weights, were multiplied by; 1 where nothing was to do
 */
public record LayerBalance(String layer, double before, double after, double factor) {}
