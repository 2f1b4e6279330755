package demo

// Family names by origin. An underscore stands for a space.
const (
	familiesFrance = `Martin Bernard Thomas Robert Petit Richard Durand Moreau Laurent Simon Michel Lefebvre Leroy Roux
		David Bertrand Morel Fournier Girard Bonnet Dupuis Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André
		Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Perrin Robin Clément Morin Nicolas Henry
		Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard
		Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martinet Gérard Roche Renard Schmitt Leroux Colin Vidal
		Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc
		Payet Rolland Leclercq Guillaume Lecomte Lopin Jean Dupont Guillot Hubert Berger Carpentier Dupré Moulin Louis
		Huet Adam Fleury Paris Aubry Bailly Charpentier Marty Renault Charles Herbin Collet Boucher Maillard Poirier
		Perrot Barre Besson Bouvier Leblanc Langlois Étienne Baron Royer Guyot Breton Millet Bertin Germain Perret Prévost
		Pichon Tessier Cousin Weber Bouchet Jacob Rémy Gilbert Lejeune Marchais Pasquier Chauvin Briand Thibault Gicquel
		Gaboriau Rabiller Bretaudeau Herbreteau Chauvet Rochereau Merlet Guilbaud Guillet Bossard Charrier Poiraud Arnou
		Brochard Ordonneau Gendreau Pineau Billaud Boutin Rambaud Favreau Cailleau Sorin Douillard Lhermitte Guitton
		Drouet Fresneau Pelletier Cosnard Beucher Gasnier Rocher Chevreul Foucher Bourdin Hamelin Ménard Trottier Lebreton
		Plessis Derouet Houdayer Bruneau Rousseliere Chaillou Delaunay Péan Gandon Bellanger Coutard Ragot Lhuissier
		Bouchard Chesneau Tessereau Godin Jarry Pottier Viau Brosset Hervouet Loirat Padioleau Bureau Blineau Barreteau
		Papin Grelier Tricoire Renaudin Babin Maindron Soulard Audrain Ollivier`
	familiesBrittany = `Le_Goff Le_Gall Le_Roux Le_Bihan Le_Guen Le_Corre Le_Floch Morvan Kerdoncuff Quéméneur Guéguen
		Riou Tanguy Hamon Jaouen Kermarrec Cadoret Nicolas Le_Berre Guillou Salaün Madec Cariou Le_Dantec Le_Moal Rouxel
		Le_Bris Le_Meur Corbel Gourvennec Abgrall Kerbrat Prigent Thépaut Bothorel Le_Tallec Guillemot Perrigault Audic`
	familiesSouth = `Da_Silva Ferreira Pereira Dos_Santos Rodrigues Gonçalves Fernandes Lopes Martins Alves Marques
		Ribeiro Carvalho Teixeira Pinto Garcia Martinez Lopez Sanchez Perez Gomez Ruiz Fernandez Moreno Romero Navarro
		Molina Rossi Ferrari Esposito Bianchi Romano Ricci Marino Greco Conti De_Luca Costa Mancini Barbieri`
	familiesMaghreb = `Benali Haddad Mansouri Belkacem Cherif Bouzid Saïdi Hamdi Amrani El_Idrissi Benmoussa Khelifi
		Boukhari Ziani Meziane Rahmani Slimani Bensaïd Kaddour Messaoudi Ouali Brahimi Djebbar Lahlou Tazi Berrada Alaoui
		Bennani Chaouch Trabelsi Jaziri Ayari Gharbi Mejri Ben_Salah Belhadj Aït_Ahmed Hadj_Ali Ferhat Zeroual Mokhtari`
	familiesAfrica = `Diallo Traoré Diop Ndiaye Camara Keita Touré Cissé Sow Barry Bah Diarra Coulibaly Konaté Sylla
		Fofana Kouassi Koné Ouattara Bamba Mendy Gomis Sané Faye Sarr Mbaye Nguema Ondo Mbemba Makaya Loemba Nsimba Kabongo
		Tshibanda Ilunga Fotso Kamga Mbarga Eyenga Adjovi Houngbédji Mensah Sanogo Dembélé`
	familiesTurkey = `Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Arslan Doğan Kılıç Aslan Çetin Koç Kurt Özdemir
		Polat Korkmaz Erdem Güneş Bozkurt Aksoy`
	familiesEast = `Kowalski Nowak Wiśniewska Zieliński Popescu Ionescu Dumitru Stan Petrov Ivanova Shevchenko Kovalenko
		Bondarenko Melnyk Horvat Kovač Petrović Jovanović Hoxha Krasniqi Berisha Gashi Grigoryan Sargsyan Beridze`
	familiesAsia = `Nguyen Tran Pham Le_Van Hoang Phan Vu Dang Bui Sok Chea Keo Sisavath Vongsa Xiong Vang Chen Wang
		Li Zhang Liu Singh Kaur Patel Sharma Khan Hussain Rahman Ahmadi Hosseini Karimi Rezaei`
	familiesOverseas = `Hoarau Grondin Payet Boyer Rivière Técher Lebon Fontaine Ahamada Mohamed Saïd_Ali Abdou Soilihi
		Bacar Combo Attoumani Mondésir Céleste Marie-Rose Jean-Baptiste Jean-Louis Saint-Prix Dorival Pierre-Louis
		Rakotomalala Randrianarisoa Razafindrakoto Andriamanana Tehei Wamytan`
)
