/** Internal: copies between ND4J arrays, wherever their backend keeps them, and Java arrays. */
package org.dl4jsnn.internal.array;
