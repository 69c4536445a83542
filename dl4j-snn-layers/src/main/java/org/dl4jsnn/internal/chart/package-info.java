/**
 * What charts have in common, on web pages and in pictures: colours, round ticks, and line charts
 * as SVG. Knows nothing of networks.
 */
package org.dl4jsnn.internal.chart;
