/**
 * Prepares networks for training with data: {@link org.dl4jsnn.balance.FiringRateBalance} scales
 * the layers of a network of either type until each fires at a chosen rate.
 *
 * <pre>
 *  FiringRateBalance: layer after layer ─► DriveSearch ─► RateControl (threshold or weights)
 *                                              └────────► LayerTrial (the rate at a setting)
 * </pre>
 */
package org.dl4jsnn.balance;
