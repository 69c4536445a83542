/**
 * Networks as graphs in the Neuromorphic Intermediate Representation (Pedersen et al., Nature
 * Communications 2024), the format in which spiking programs and chips exchange them.
 *
 * <pre>
 *  file.nir ◄─ NirFiles ─► NirGraph ─┬─► NirSimulation: runs it as a program does
 *                          nodes and │    ▲
 *                          edges     │   NirDialect: time step, reset, neurons (nir.dialect)
 *                                    │    ▼
 *                                    └─► a network of Deeplearning4j
 * </pre>
 */
package org.dl4jsnn.nir;
