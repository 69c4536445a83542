/**
 * Converts graphs of the Neuromorphic Intermediate Representation to Deeplearning4j networks, and
 * such networks to graphs.
 *
 * <pre>
 *  NirGraph ─► NirImport: JoinedGraph ─► Loops ─► Planner ─► NetworkMaker ─► network
 *                                               Composition: linear nodes become one map
 *  network ─► NirExport ─► NirGraph, with the network's configuration as metadata
 *  such a graph ─► NirRestore ─► the same network, bit for bit
 * </pre>
 */
package org.dl4jsnn.nir.network;
