/**
 * Ready networks. {@link org.dl4jsnn.zoo.SpikingNetworks} names them; {@link
 * org.dl4jsnn.zoo.ImageNetwork}, {@link org.dl4jsnn.zoo.FrameNetwork} and, with residual blocks,
 * {@link org.dl4jsnn.zoo.ResidualNetwork} are their builders, with the published values as
 * defaults; {@link org.dl4jsnn.zoo.NetworkNotation} parses the notation for layers used in papers.
 */
package org.dl4jsnn.zoo;
