package demo

// Given names by origin and generation.
const (
	girlsFrance = `Léa Emma Jade Louise Alice Chloé Inès Léna Anna Rose Manon Camille Zoé Juliette Lou Éva Romane Agathe
		Ambre Lucie Jeanne Margaux Clara Capucine Élise Louane Nina Lola Charlotte Margot Victoire Mathilde Apolline Pauline
		Maëlys Maëlle Lilou Clémence Élina Noémie Éléonore Soline Constance Adèle Garance Salomé Célestine Héloïse Elsa
		Candice Faustine Anaëlle Enora Nolwenn Gwenaëlle Louna Lison Bérénice Olivia Justine Lise Marie Suzanne Valentine`
	boysFrance = `Gabriel Léo Raphaël Louis Arthur Jules Adam Maël Lucas Hugo Noah Liam Gabin Sacha Paul Nathan Aaron Tom
		Éden Théo Ethan Marius Victor Martin Mathis Robin Antoine Timéo Enzo Simon Baptiste Clément Valentin Maxence Axel
		Augustin Samuel Gaspard Rafaël Eliott Nino Malo Titouan Ewen Yanis Côme Oscar Alexandre Maxime Thomas Pierre Romain
		Quentin Benjamin Tristan Noé Evan Basile Armand Loan Lenny Mathéo Kylian Auguste Félix Achille Corentin Erwan Goulven`
	womenFrance = `Camille Sophie Céline Aurélie Émilie Stéphanie Julie Sandrine Virginie Delphine Élodie Caroline
		Nathalie Christelle Laëtitia Hélène Claire Anne Marion Mélanie Amandine Séverine Isabelle Valérie Karine Sabrina
		Vanessa Audrey Laura Pauline Marie Gaëlle Maud Nolwenn Solenn Sylvie Florence Véronique Agnès Estelle Angélique
		Charlène Mathilde Cécile Marine Lucie Fanny Élise Perrine Clémence Anaïs Morgane Aude Béatrice Corinne Fabienne`
	menFrance = `Nicolas Julien Sébastien David Christophe Frédéric Stéphane Guillaume Alexandre Jérôme Thomas Pierre
		Olivier Vincent Mathieu Laurent Benoît Arnaud Damien Cédric Fabien Ludovic Mickaël Romain Antoine Franck Grégory
		Yann Erwan Ronan Gaël Loïc Gwénaël Bruno Éric Pascal Thierry Philippe Emmanuel François Xavier Samuel Rémi Kévin
		Anthony Jonathan Florian Simon Aurélien Sylvain Hervé Didier Yannick Régis Tanguy Bertrand Clément Maxime Adrien`
	girlsSouth   = `Inês Sofia Beatriz Mariana Carolina Luna Lucía Paula Elena Alma Giulia Chiara Aurora Bianca Alessia Matilde`
	boysSouth    = `Diego Mateo Tiago Rafael Miguel Gonçalo Afonso Pablo Álvaro Hugo Leonardo Matteo Lorenzo Enzo Luca Nino`
	womenSouth   = `Ana Cristina Fátima Sandra Paula Carla Sónia Isabel Rosa Pilar Carmen Silvia Laura Francesca Paola Elena`
	menSouth     = `José Carlos Manuel António Paulo Rui Jorge Javier Miguel Luis Fernando Marco Antonio Giuseppe Roberto Bruno`
	girlsMaghreb = `Inès Yasmine Lina Sarah Nour Amira Aya Sirine Assia Maryam Safia Kenza Ilyana Louna Hana Malak Rania Jana`
	boysMaghreb  = `Yanis Rayan Adam Ilyes Mohamed Amir Sami Ayoub Nassim Wassim Idris Ismaël Younès Bilal Zakaria Anas Naïm Kais`
	womenMaghreb = `Nadia Samira Fatima Karima Leïla Malika Souad Naïma Hanane Sonia Khadija Asma Rachida Zohra Imane Meriem`
	menMaghreb   = `Karim Mehdi Mohamed Rachid Samir Farid Nabil Abdel Hakim Youssef Mourad Kamel Hicham Tarek Omar Redouane`
	girlsAfrica  = `Aminata Awa Fatou Mariam Aïssata Kadiatou Binta Aïcha Grâce Divine Merveille Oumou Ndèye Naomi Esther Bintou`
	boysAfrica   = `Mamadou Ibrahim Moussa Ousmane Abdoulaye Cheikh Issa Boubacar Emmanuel Moïse Nathan Josué Samba Sékou Amadou Elie`
	womenAfrica  = `Fatoumata Mariama Aminata Adama Rokia Hawa Bernadette Chantal Clarisse Ndèye Coumba Solange Prisca Djeneba Astou`
	menAfrica    = `Mamadou Amadou Ibrahima Alpha Souleymane Lamine Bakary Modibo Serge Alain Patrick Aimé Dieudonné Malick Oumar`
	girlsTurkey  = `Elif Zeynep Defne Ecrin Azra Nehir Melisa Ela Selin Yaren`
	boysTurkey   = `Yusuf Emir Kerem Mert Efe Baran Deniz Eren Arda Kaan`
	womenTurkey  = `Ayşe Fatma Emine Hatice Sevgi Gülcan Songül Derya Özlem Filiz`
	menTurkey    = `Mehmet Mustafa Ahmet Hasan Hüseyin Murat Serkan Orhan Erkan Cem`
	girlsEast    = `Zofia Maja Hanna Daria Mila Anastasia Ioana Sofiia Tea Nina`
	boysEast     = `Jakub Filip Antoni Danylo Maksym Andrei Luka Nikola Aleksander Artem`
	womenEast    = `Agnieszka Katarzyna Iryna Olena Elena Natalia Mirela Jelena Ana Svitlana`
	menEast      = `Piotr Tomasz Andriy Oleksandr Mihai Florin Goran Zoran Arben Levan`
	girlsAsia    = `Linh Mai Chloé Anh Thao Sreymom Mei Lan Priya Anjali Zahra Parisa Maya Kim`
	boysAsia     = `Minh Bao Nam Ethan Sokha Kevin Wei Hao Arjun Rohan Amir Navid Ravi Lucas`
	womenAsia    = `Thi_Huong Lan Hoa Phuong Sophal Ying Xiu Sunita Meena Farida Shirin Nasrin Bounmy Mai`
	menAsia      = `Van_Duc Hung Tuan Quang Vuthy Jun Feng Rajesh Vikram Imran Reza Hamid Somchai Dung`
	girlsOversea = `Maëva Océane Anaïs Nadjati Zaïnaba Kélya Shaïna Tiana Hanitra Moea`
	boysOversea  = `Dylan Mathis Nassur Farid Loïc Kévin Tojo Mickaël Ylan Teiva`
	womenOverse  = `Marie-Claude Gilberte Zaïna Echati Josiane Mireille Voahangy Lalao Rosemay Vaïana`
	menOverse    = `Jean-Marc Gérald Ahmed Saïd Frantz Rodolphe Hery Jean-Claude Willy Tamatoa`
)
