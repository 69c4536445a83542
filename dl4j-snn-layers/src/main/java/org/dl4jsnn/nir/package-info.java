/**
 * Networks as graphs in the Neuromorphic Intermediate Representation (Pedersen et al., Nature
 * Communications 2024), the format in which spiking programs and chips exchange them.
 *
 * <pre>
 *  file.nir ─► NirGraph ─► a network of Deeplearning4j
 *              nodes and edges, no time step, no kind of reset
 * </pre>
 */
package org.dl4jsnn.nir;
