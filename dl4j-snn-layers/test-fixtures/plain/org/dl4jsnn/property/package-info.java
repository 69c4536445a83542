/**
 * Properties that hold for every configuration, tried on random layers and networks (jqwik).
 *
 * <p>What is drawn are plans: small records that print as the Java expression that makes them, so
 * that a failing plan can be pasted into a separate test. {@code LayerCase} is one layer and what
 * arrives there, {@code RandomNetworkPlan} a network with data, in the module that has the rules.
 *
 * <pre>
 *  LayerPlan, TrainPlan               ─► LayerCase                       engines, kernels, overflow
 *  LayerPlan, RulePlan, EncodingPlan  ─► NetworkPlan ─► DrawnNetwork     all the rest
 * </pre>
 *
 * <p>{@link org.dl4jsnn.property.Tries} says how many are tried, and with which seed.
 */
package org.dl4jsnn.property;
