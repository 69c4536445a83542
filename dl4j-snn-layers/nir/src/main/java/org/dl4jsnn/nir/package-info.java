/**
 * Networks as graphs in the Neuromorphic Intermediate Representation (Pedersen et al., Nature
 * Communications 2024), the exchange format of spiking programs and chips.
 *
 * <pre>
 *  file.nir ◄─ NirFiles ─► NirGraph ─┬─► NirSimulation: runs it like a program
 *                          nodes and │    ▲
 *                          edges     │   NirDialect: time step, reset, a LinearNeuron per node
 *                                    │    ▼
 *                                    └─► a network of Deeplearning4j
 * </pre>
 */
package org.dl4jsnn.nir;
