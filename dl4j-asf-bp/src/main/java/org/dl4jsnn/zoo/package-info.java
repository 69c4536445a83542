/**
 * Ready networks. {@link org.dl4jsnn.zoo.SpikingNetworks} names them; {@link
 * org.dl4jsnn.zoo.PictureNetwork} and {@link org.dl4jsnn.zoo.FrameNetwork} are their builders, with
 * the published values as defaults; {@link org.dl4jsnn.zoo.NetworkNotation} reads layers as papers
 * write them.
 */
package org.dl4jsnn.zoo;
